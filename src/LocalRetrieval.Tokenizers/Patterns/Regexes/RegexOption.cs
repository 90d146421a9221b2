namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>The options that a regular expression sets for a part of itself.</summary>
[Flags]
internal enum RegexOption
{
    None = 0,

    /// <summary>"i": in any case.</summary>
    IgnoreCase = 1,

    /// <summary>"m": a dot takes a line feed too.</summary>
    DotTakesAll = 2,

    /// <summary>"x": white space and comments are passed over.</summary>
    Extended = 4,
}
