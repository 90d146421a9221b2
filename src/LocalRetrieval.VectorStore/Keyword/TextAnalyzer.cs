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
internal sealed class TextAnalyzer(bool removeStopWords = false, bool stem = false) : ITermAnalyzer
{
    private const int MaxLength = 255;

    public void Analyze(string text, TermCounter terms)
    {
        ReadOnlySpan<char> rest = Fold(text);
        Span<char> word = stackalloc char[MaxLength + 1];
        while (!rest.IsEmpty)
        {
            Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed);
            rest = CharacterClass.Of(rune) switch
            {
                CharacterKind.Letter or CharacterKind.Digit => rest[ReadWord(rest, word, terms)..],
                CharacterKind.Unspaced => rest[ReadPairs(rest, terms)..],
                _ => rest[consumed..],
            };
        }
    }

    private static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        return (HasLeftOut(text) ? LeaveOut(text) : text).Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Whether there is half a surrogate pair, which no form is defined for, or what would stand between a letter and its mark.</summary>
    private static bool HasLeftOut(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out Rune rune, out int consumed) != OperationStatus.Done || CharacterClass.Of(rune) == CharacterKind.Format)
            {
                return true;
            }

            text = text[consumed..];
        }

        return false;
    }

    private static string LeaveOut(string text)
    {
        StringBuilder kept = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (CharacterClass.Of(rune) != CharacterKind.Format)
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString();
    }

    /// <returns>How many characters of <paramref name="text"/> the word takes.</returns>
    private int ReadWord(ReadOnlySpan<char> text, Span<char> word, TermCounter terms)
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
                length += FoldCase(rune).EncodeToUtf16(word[length..]);
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

    // By way of the upper case, which is one where the lower case has several forms, as sigma at a word's end.
    private static Rune FoldCase(Rune rune) => Rune.ToLowerInvariant(rune.IsAscii ? rune : Rune.ToUpperInvariant(rune));

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

    private void Add(Span<char> word, TermCounter terms)
    {
        if (removeStopWords && EnglishStopWords.Contains(word))
        {
            return;
        }

        terms.Add(stem ? word[..EnglishStemmer.Stem(word)] : word);
    }

    /// <returns>How many characters of <paramref name="text"/> the run takes.</returns>
    private static int ReadPairs(ReadOnlySpan<char> text, TermCounter terms)
    {
        int before = 0;
        int end = ReadCharacter(text, 0);
        if (ReadCharacter(text, end) == end)
        {
            terms.Add(text[..end]);
            return end;
        }

        for (int next = ReadCharacter(text, end); next > end; next = ReadCharacter(text, end))
        {
            terms.Add(text[before..next]);
            before = end;
            end = next;
        }

        return end;
    }

    /// <summary>Reads a character of a script without spaces, and the marks on it.</summary>
    /// <returns>Where it ends; <paramref name="start"/> where there is none.</returns>
    private static int ReadCharacter(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text[end..], out Rune rune, out int consumed);
            if (CharacterClass.Of(rune) != (end == start ? CharacterKind.Unspaced : CharacterKind.Mark))
            {
                break;
            }

            end += consumed;
        }

        return end;
    }
}
