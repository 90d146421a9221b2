namespace LocalRetrieval.Rag;

/// <summary>What a scanner must know of a language to find its declarations.</summary>
internal sealed record SourceLanguage
{
    /// <summary>The endings of file names, each with its dot, and whole file names.</summary>
    public required string[] Extensions { get; init; }

    public required CodeStructure Structure { get; init; }

    /// <summary>What starts a comment that ends with its line; one of letters only does at a line's start.</summary>
    public string[] LineComments { get; init; } = ["//"];

    public (string Open, string Close)[] BlockComments { get; init; } = [("/*", "*/")];

    public bool NestsComments { get; init; }

    /// <summary>The strings, those with longer delimiters first.</summary>
    public LiteralSyntax[] Strings { get; init; } = [];

    public LiteralFamily Literals { get; init; }

    /// <summary>Whether lines that start with # are for a preprocessor.</summary>
    public bool HasDirectives { get; init; }

    /// <summary>Whether such lines only go with what follows them.</summary>
    public bool DirectivesLead { get; init; }

    /// <summary>Whether code stands between tags, as in PHP.</summary>
    public bool StartsOutside { get; init; }

    /// <summary>Whether a line may start with an operator that goes on with the line before.</summary>
    public bool OperatorsLead { get; init; } = true;

    /// <summary>Whether a declaration of a function may be a name and a parameter list before a brace, at the outermost level too.</summary>
    public bool HasBareFunctions { get; init; }

    /// <summary>What comes before the name of what has declarations inside.</summary>
    public string[] TypeKeywords { get; init; } = [];

    /// <summary>What comes before the name of a function.</summary>
    public string[] FunctionKeywords { get; init; } = [];

    /// <summary>Whether a line that ends with a colon behind a name is a declaration, as in YAML.</summary>
    public bool NamesByColon { get; init; }
}
