using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"NFC", "NFD", "NFKC" and "NFKD", of Unicode 9.0 as the reference has it.</summary>
/// <remarks>Only the parts of a text that the form may change are taken apart; the others are copied, and most texts have none.</remarks>
/// <param name="compatibility">Whether compatibility decompositions are taken too.</param>
/// <param name="composes">Whether characters are composed again.</param>
internal sealed class UnicodeNormalizer(bool compatibility, bool composes) : Normalizer
{
    private const int PartsOnStack = 64;

    private readonly NormalForm _form = NormalForm.Get(compatibility, composes);

    public override void Normalize(NormalizedText text)
    {
        int changed = FirstChanged(text, 0);
        if (changed == text.Length)
        {
            return;
        }

        text.Reserve(text.Length);
        CharacterParts parts = new(stackalloc CharacterPart[PartsOnStack]);
        int done = 0;
        while (changed < text.Length)
        {
            int start = _form.Composes && changed > done ? PreviousCharacter(text.Chars, changed) : changed;
            text.AppendRange(done, start);
            done = Normalize(text, start, ref parts);
            changed = FirstChanged(text, done);
        }

        text.AppendRange(done, text.Length);
        text.Commit();
        parts.Dispose();
    }

    /// <summary>Appends the form of the characters from <paramref name="start"/> to where the text may be cut.</summary>
    /// <returns>Where that is.</returns>
    private int Normalize(NormalizedText text, int start, ref CharacterParts parts)
    {
        parts.Clear();
        int end = start;
        int next = text.NextCodePoint(start, out int codePoint);
        do
        {
            parts.AddDecomposed(codePoint, _form.IsCompatibility);
            end = next;
            next = end < text.Length ? text.NextCodePoint(end, out codePoint) : end;
        }
        while (end < next && codePoint >= _form.FirstChanged && _form.Changes(codePoint));

        parts.Order();
        if (_form.Composes)
        {
            parts.Compose();
        }

        Transformation transformation = new(text, start);
        foreach (CharacterPart part in parts.Parts)
        {
            transformation.Append(part.CodePoint, part.Change);
        }

        return end;
    }

    /// <summary>The first character from <paramref name="start"/> on that the form may change; the text's length where there is none.</summary>
    private int FirstChanged(NormalizedText text, int start)
    {
        ReadOnlySpan<char> chars = text.Chars;
        for (int i = start; i < chars.Length; i++)
        {
            if (chars[i] < _form.FirstChanged)
            {
                int kept = chars[i..].IndexOfAnyExceptInRange('\0', (char)(_form.FirstChanged - 1));
                if (kept < 0)
                {
                    break;
                }

                i += kept;
            }

            int first = i;
            int codePoint = chars[i];
            if (char.IsHighSurrogate(chars[i]) && i + 1 < chars.Length && char.IsLowSurrogate(chars[i + 1]))
            {
                codePoint = char.ConvertToUtf32(chars[i], chars[++i]);
            }

            if (_form.Changes(codePoint))
            {
                return first;
            }
        }

        return chars.Length;
    }

    private static int PreviousCharacter(ReadOnlySpan<char> chars, int index) =>
        index > 1 && char.IsLowSurrogate(chars[index - 1]) && char.IsHighSurrogate(chars[index - 2]) ? index - 2 : index - 1;
}
