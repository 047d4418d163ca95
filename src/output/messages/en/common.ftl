# Words of the document as they are.
words = { $words }
