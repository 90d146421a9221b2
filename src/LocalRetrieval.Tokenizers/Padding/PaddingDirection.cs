namespace LocalRetrieval.Tokenizers;

/// <summary>The end at which an encoding that is too short is filled up.</summary>
public enum PaddingDirection
{
    /// <summary>After the last token.</summary>
    Right,

    /// <summary>Before the first token.</summary>
    Left,
}
