"""What is read: text files and tables of articles, below a folder or in an object store."""
