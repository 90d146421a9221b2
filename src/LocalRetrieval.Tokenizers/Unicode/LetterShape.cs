namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>Where in a word the regular expression of o200k lets a letter or mark stand.</summary>
[Flags]
internal enum LetterShape : byte
{
    None = 0,

    /// <summary>[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}].</summary>
    Upper = 1,

    /// <summary>[\p{Ll}\p{Lm}\p{Lo}\p{M}].</summary>
    Lower = 2,

    Both = Upper | Lower,
}
