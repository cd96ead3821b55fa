"""The checker: what a great collage is, measured on its frame and on its pixels.

Hard rules (H1 to H10) decide whether it may be sent, soft ones (S1 to S18) are targets with scores; all their bounds
stand in `bounds`. H11, that two renders are equal byte for byte, is a test.

`judge` asks all of them; `soft` alone costs little enough to be asked while arranging.
"""
