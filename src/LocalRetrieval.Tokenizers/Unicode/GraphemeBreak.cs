namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>What a character does to the grapheme cluster that it stands in.</summary>
internal enum GraphemeBreak : byte
{
    Any,
    CR,
    LF,
    Control,
    Extend,
    ZWJ,
    RegionalIndicator,
    Prepend,
    SpacingMark,
    L,
    V,
    T,
    LV,
    LVT,
    Pictographic,

    /// <summary>The consonant of an Indic conjunct.</summary>
    Consonant,

    /// <summary>The linker of an Indic conjunct; otherwise as <see cref="Extend"/>.</summary>
    Linker,

    /// <summary>U+200C, which ends an Indic conjunct; otherwise as <see cref="Extend"/>.</summary>
    NonJoiner,
}
