namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>What the regular expressions of byte-level tokenizers ask of a character.</summary>
internal enum RegexCategory : byte
{
    Other,

    /// <summary>\p{L}.</summary>
    Letter,

    /// <summary>\p{N}.</summary>
    Number,

    /// <summary>\s: the property White_Space.</summary>
    WhiteSpace,
}
