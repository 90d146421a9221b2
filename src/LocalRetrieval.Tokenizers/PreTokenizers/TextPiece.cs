namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>A range of a normalized text, in UTF-16 units.</summary>
internal readonly record struct TextPiece(int Start, int End);
