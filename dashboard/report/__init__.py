"""The yearly report in words and on paper: PDF and DOCX of a Handlungsfeld or a municipality."""
