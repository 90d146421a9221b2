using System.Text;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Cuts text into words as <see cref="TextAnalyzer"/> does, and what is made of several into the whole and its parts, at one position.</summary>
/// <remarks>
/// Points, hyphens, apostrophes and underscores between letters and digits join a compound (<see cref="Compound"/>), whose terms <see cref="CompoundTerms"/>
/// gives. All compatibility forms are the same (NFKC); dotted and dotless i are one letter.
/// </remarks>
internal sealed class IdentifierAnalyzer(WordForms? forms = null) : ITermAnalyzer
{
    public void Analyze(string text, ITermSink terms)
    {
        ReadOnlySpan<char> all = TextFolding.Compose(text);
        Compound compound = new(stackalloc char[Compound.MaxLength + 2], stackalloc Joint[Compound.MaxLength + 2]);
        Span<char> scratch = stackalloc char[Compound.MaxLength + 3];
        int read = 0;
        while (read < all.Length)
        {
            ReadOnlySpan<char> rest = all[read..];
            Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed);
            CharacterKind kind = CharacterClass.Of(rune);
            if (kind == CharacterKind.Unspaced)
            {
                read += CharacterPairs.Read(rest, terms);
            }
            else if (kind is CharacterKind.Letter or CharacterKind.Digit || (rune.Value == '.' && StartsName(all, read)))
            {
                read += compound.Read(rest);
                new CompoundTerms(compound, scratch, forms, terms).Add();
            }
            else
            {
                read += consumed;
            }
        }
    }

    /// <summary>Whether a point starts a name, as of .NET, and ends nothing.</summary>
    private static bool StartsName(ReadOnlySpan<char> text, int point) =>
        (point == 0 || char.IsWhiteSpace(text[point - 1]) || text[point - 1] is '(' or '[' or '"' or '\'' or '`' or '*' or '/')
        && CharacterClass.OfFirst(text[(point + 1)..]) == CharacterKind.Letter && text[point + 1] != '_';
}
