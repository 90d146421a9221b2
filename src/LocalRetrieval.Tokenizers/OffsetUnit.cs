namespace LocalRetrieval.Tokenizers;

/// <summary>What <see cref="TokenEncoding.Offsets"/> count.</summary>
public enum OffsetUnit
{
    /// <summary>UTF-16 units, which index a <see cref="string"/>.</summary>
    Utf16Units,

    /// <summary>Unicode code points, as in Python.</summary>
    CodePoints,

    /// <summary>Bytes of the text in UTF-8, as in Rust.</summary>
    Utf8Bytes,
}
