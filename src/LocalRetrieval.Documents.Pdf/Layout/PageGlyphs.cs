namespace LocalRetrieval.Documents.Layout;

/// <summary>What is drawn on a page.</summary>
/// <param name="Number">The page's number, from 1.</param>
/// <param name="Directions">Its signs by the direction that their text runs in, most signs first.</param>
/// <param name="Rules">Its lines, in the first direction's coordinates.</param>
/// <param name="HasImages">Whether pictures stand on it.</param>
internal sealed record PageGlyphs(int Number, IReadOnlyList<List<Glyph>> Directions, IReadOnlyList<Rule> Rules, bool HasImages);
