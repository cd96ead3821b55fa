"""What happens at the editor's desk: drafts are asked for, looked at, corrected, approved and put in order."""
