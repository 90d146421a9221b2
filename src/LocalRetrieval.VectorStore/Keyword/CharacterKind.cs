namespace LocalRetrieval.VectorData.Keyword;

/// <summary>What a character does in a word.</summary>
internal enum CharacterKind
{
    /// <summary>Ends a word.</summary>
    Other,

    /// <summary>A letter, or a connector such as the underscore.</summary>
    Letter,

    /// <summary>A digit or another number.</summary>
    Digit,

    /// <summary>A mark on the character before.</summary>
    Mark,

    /// <summary>A letter of a script that is written without spaces, or Hangul, whose words carry their particles.</summary>
    Unspaced,

    /// <summary>Belongs to a word between two letters.</summary>
    Apostrophe,

    /// <summary>Belongs to a word between two digits.</summary>
    DecimalPoint,

    /// <summary>Invisible, such as the soft hyphen, or a choice of glyph; not part of a term.</summary>
    Format,
}
