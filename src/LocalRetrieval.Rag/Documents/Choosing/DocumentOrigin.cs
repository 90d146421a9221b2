namespace LocalRetrieval.Rag;

/// <summary>Who says that a document is to be read, which decides what becomes of it where no reader claims it.</summary>
internal enum DocumentOrigin
{
    /// <summary>It was named: text is read as plain text, and anything else fails.</summary>
    Named,

    /// <summary>A pattern chose it in a folder: text is read as plain text, and anything else is skipped.</summary>
    Selected,

    /// <summary>It lies in a folder: it is skipped.</summary>
    Found,
}
