using System.Buffers;
using System.Text;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Cuts text of any language into words in lower case, and characters of scripts without spaces into pairs.</summary>
/// <remarks>
/// A word is a run of letters, marks, digits and connectors (<c>_</c>). An apostrophe between letters and a point or comma between digits
/// belong to it; invisible format characters and variation selectors are left out. This is the heart of UAX #29 without its rarer rules. Scripts without spaces
/// (Han, Kana, Hangul, Thai, Lao, Khmer, Burmese) have no words that could be found without a dictionary: their runs become overlapping
/// pairs of characters, a character with the marks on it, and a single character stands for itself. Compatibility forms (full width,
/// ligatures) and composed and decomposed letters are the same (NFKC), unless the application runs without culture data
/// (<c>InvariantGlobalization</c>). Words longer than 255 characters are cut.
/// </remarks>
internal sealed class TextAnalyzer(WordForms? forms = null) : ITermAnalyzer
{
    private const int MaxLength = 255;

    public void Analyze(string text, ITermSink terms)
    {
        ReadOnlySpan<char> rest = TextFolding.Compose(text);
        Span<char> word = stackalloc char[MaxLength + 1];
        while (!rest.IsEmpty)
        {
            Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed);
            rest = CharacterClass.Of(rune) switch
            {
                CharacterKind.Letter or CharacterKind.Digit => rest[ReadWord(rest, word, terms)..],
                CharacterKind.Unspaced => rest[CharacterPairs.Read(rest, terms)..],
                _ => rest[consumed..],
            };
        }
    }

    /// <returns>How many characters of <paramref name="text"/> the word takes.</returns>
    private int ReadWord(ReadOnlySpan<char> text, Span<char> word, ITermSink terms)
    {
        int length = 0;
        int read = 0;
        CharacterKind last = CharacterKind.Other;
        while (read < text.Length && length < MaxLength)
        {
            Rune.DecodeFromUtf16(text[read..], out Rune rune, out int consumed);
            CharacterKind kind = CharacterClass.Of(rune);
            if (kind is CharacterKind.Letter or CharacterKind.Digit)
            {
                length += TextFolding.FoldCase(rune).EncodeToUtf16(word[length..]);
                last = kind;
            }
            else if (kind is CharacterKind.Mark)
            {
                length += rune.EncodeToUtf16(word[length..]);
            }
            else if (Joins(kind, last, text[(read + consumed)..]))
            {
                word[length++] = kind == CharacterKind.Apostrophe ? '\'' : (char)rune.Value;
            }
            else
            {
                break;
            }

            read += consumed;
        }

        Add(word[..length], terms);
        return read;
    }

    private static bool Joins(CharacterKind kind, CharacterKind last, ReadOnlySpan<char> following)
    {
        CharacterKind joined = kind switch
        {
            CharacterKind.Apostrophe => CharacterKind.Letter,
            CharacterKind.DecimalPoint => CharacterKind.Digit,
            _ => CharacterKind.Other,
        };
        return joined != CharacterKind.Other && joined == last
            && Rune.DecodeFromUtf16(following, out Rune next, out _) == OperationStatus.Done && CharacterClass.Of(next) == joined;
    }

    private void Add(Span<char> word, ITermSink terms)
    {
        if (forms is null)
        {
            terms.Add(word);
        }
        else if (!forms.IsStopWord(word))
        {
            terms.Add(forms.Stem(word));
        }
    }
}
