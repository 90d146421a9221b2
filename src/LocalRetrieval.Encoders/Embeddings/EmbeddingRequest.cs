namespace LocalRetrieval.Encoders;

/// <summary>What a request's options come to.</summary>
/// <param name="Prompt">What is put before each text; may be empty.</param>
/// <param name="Dimensions">How many dimensions are kept.</param>
internal readonly record struct EmbeddingRequest(string Prompt, int Dimensions)
{
    /// <summary>Whether the texts are queries, where these are read otherwise than documents.</summary>
    public bool IsQuery { get; init; }

    /// <summary>How many of a text's first tokens are the prompt's, and not to be pooled.</summary>
    public int PromptTokens { get; init; }

    /// <summary>What a text is called in errors.</summary>
    public string Input { get; init; } = "text";

    /// <summary>The parameter that the texts came in.</summary>
    public string Parameter { get; init; } = "values";

    /// <summary>The index of the first text in errors.</summary>
    public int FirstIndex { get; init; }

    /// <summary>Whether all texts are tokenized before anything runs, since one may be refused.</summary>
    public bool ReadsAllFirst { get; init; }

    /// <summary>What is read of a text at most, where the rest is cut off; null where all of it is read.</summary>
    public int? MaxRowTokens { get; init; }

    /// <summary>How the texts are cut into portions.</summary>
    public PortionRequest Portions => new(IsInOrder: false, MaxRowTokens);

    /// <summary>Who waits, and whose turn it is.</summary>
    public RunRequest Run { get; init; } = new();
}
