namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>What the BERT normalizer and pre-tokenizer ask of a character.</summary>
[Flags]
internal enum CharacterKinds : byte
{
    None = 0,

    /// <summary>Control, format and private use.</summary>
    Other = 1,

    Punctuation = 2,
    NonspacingMark = 4,

    /// <summary>The property White_Space.</summary>
    WhiteSpace = 8,

    /// <summary>What BERT takes for a Chinese character.</summary>
    Chinese = 16,

    /// <summary>The character has a canonical decomposition.</summary>
    Decomposable = 32,

    /// <summary>The character has a lowercase.</summary>
    Uppercase = 64,

    /// <summary>The canonical combining class is not 0.</summary>
    Combining = 128,
}
