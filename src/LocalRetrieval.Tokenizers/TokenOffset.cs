namespace LocalRetrieval.Tokenizers;

/// <summary>The part of a text that a token comes from, in what <see cref="EncodeOptions.OffsetUnit"/> asks for.</summary>
/// <param name="Start">The first unit.</param>
/// <param name="End">The unit after the last one.</param>
public readonly record struct TokenOffset(int Start, int End);
