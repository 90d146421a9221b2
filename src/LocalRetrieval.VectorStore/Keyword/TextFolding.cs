using System.Buffers;
using System.Text;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Brings texts into one form before they are cut into terms.</summary>
internal static class TextFolding
{
    /// <summary>Composes letters and their marks (NFKC), without invisible characters.</summary>
    public static string Compose(string text)
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

    /// <summary>The lower case, by way of the upper case, which is one where the lower case has several forms, as sigma at a word's end.</summary>
    public static Rune FoldCase(Rune rune) => Rune.ToLowerInvariant(rune.IsAscii ? rune : Rune.ToUpperInvariant(rune));
}
