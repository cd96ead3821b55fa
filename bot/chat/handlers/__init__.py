"""What happens when somebody writes or presses: ask the library, render, answer."""
