namespace LocalRetrieval.Tokenizers;

/// <summary>A token that is found in the text before the model sees it.</summary>
public sealed record AddedToken
{
    /// <summary>The id.</summary>
    public required int Id { get; init; }

    /// <summary>The text of the token.</summary>
    public required string Content { get; init; }

    /// <summary>Whether the token is found only where no word character touches it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether the token takes the white space before it.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Whether the token takes the white space after it.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Whether the token is looked for in the normalized text, rather than in the text as it is.</summary>
    public bool Normalized { get; init; }

    /// <summary>Whether decoding can leave the token out.</summary>
    public bool Special { get; init; }
}
