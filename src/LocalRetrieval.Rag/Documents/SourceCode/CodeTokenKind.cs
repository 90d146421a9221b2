namespace LocalRetrieval.Rag;

/// <summary>What a token is.</summary>
internal enum CodeTokenKind
{
    /// <summary>A keyword, a name or a number.</summary>
    Word,

    /// <summary>One character of punctuation.</summary>
    Mark,

    /// <summary>A string, a character, a regular expression or a here document, its delimiters included.</summary>
    Literal,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>A line for a preprocessor.</summary>
    Directive,
}
