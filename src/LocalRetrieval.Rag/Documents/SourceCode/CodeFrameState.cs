namespace LocalRetrieval.Rag;

/// <summary>Where in an item the next token stands.</summary>
internal enum CodeFrameState
{
    /// <summary>Nothing of the next item was read.</summary>
    BeforeItem,

    /// <summary>A comma was read.</summary>
    AfterComma,

    /// <summary>A brace was closed, which may have ended the item.</summary>
    AfterBlock,

    /// <summary>In the middle.</summary>
    InItem,
}
