namespace LocalRetrieval.Tokenizers;

/// <summary>The end at which a text that is too long loses tokens.</summary>
public enum TruncationDirection
{
    /// <summary>The end of the text.</summary>
    Right,

    /// <summary>The start of the text.</summary>
    Left,
}
