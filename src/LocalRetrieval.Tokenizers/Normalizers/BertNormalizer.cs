using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>
/// "BertNormalizer": removes control characters, sets Chinese characters apart, strips accents (canonical decomposition without
/// nonspacing marks), lowers case; all in one pass.
/// </summary>
internal sealed class BertNormalizer : Normalizer
{
    private const int ReplacementCharacter = 0xFFFD;
    private const int CombiningDotAbove = 0x307;

    /// <summary>From here to the last one are the characters that each become one character; most of most texts are runs of them.</summary>
    private const char FirstPrintable = ' ';

    private const char LastPrintable = '~';

    private readonly bool _cleanText;
    private readonly bool _handleChineseChars;
    private readonly bool _stripAccents;
    private readonly bool _lowercase;

    /// <summary>What each ASCII character becomes; 0 where it is removed or is itself U+0000.</summary>
    private readonly char[] _ascii = new char[128];

    private BertNormalizer(bool cleanText, bool handleChineseChars, bool stripAccents, bool lowercase)
    {
        _cleanText = cleanText;
        _handleChineseChars = handleChineseChars;
        _stripAccents = stripAccents;
        _lowercase = lowercase;
        for (int i = 0; i < _ascii.Length; i++)
        {
            int cleaned = Clean(i, UnicodeCharacters.Kinds(i));
            _ascii[i] = cleaned < 0 ? '\0' : (char)(lowercase ? UnicodeCharacters.ToLower(cleaned) : cleaned);
        }
    }

    /// <summary>Reads the component's section.</summary>
    public static BertNormalizer Read(JsonField section)
    {
        bool lowercase = section["lowercase"].Boolean();
        return new BertNormalizer(
            section["clean_text"].Boolean(),
            section["handle_chinese_chars"].Boolean(),
            section.Optional("strip_accents")?.Boolean() ?? lowercase,
            lowercase);
    }

    public override void Normalize(NormalizedText text)
    {
        text.Reserve(text.Length);
        ReadOnlySpan<char> chars = text.Chars;
        CombiningRun run = CombiningRun.OfThread;
        int lastStarter = 0;
        for (int i = 0; i < chars.Length; i++)
        {
            char unit = chars[i];
            if (unit is >= FirstPrintable and <= LastPrintable)
            {
                int length = chars[i..].IndexOfAnyExceptInRange(FirstPrintable, LastPrintable);
                int end = length < 0 ? chars.Length : i + length;
                Flush(run, text, lastStarter);
                text.AppendMapped(text, i, end, _ascii);
                lastStarter = i = end - 1;
                continue;
            }

            if (unit < 128)
            {
                char mapped = _ascii[unit];
                if (mapped != 0)
                {
                    Flush(run, text, lastStarter);
                    text.Append(mapped, i);
                    lastStarter = i;
                    continue;
                }

                if (_cleanText)
                {
                    continue;
                }
            }

            int source = i;
            int codePoint = unit;
            if (char.IsHighSurrogate(unit) && i + 1 < chars.Length && char.IsLowSurrogate(chars[i + 1]))
            {
                codePoint = char.ConvertToUtf32(unit, chars[++i]);
            }

            Normalize(codePoint, source, text, run, ref lastStarter);
        }

        Flush(run, text, lastStarter);
        text.Commit();
    }

    private void Normalize(int codePoint, int source, NormalizedText text, CombiningRun run, ref int lastStarter)
    {
        CharacterKinds kinds = UnicodeCharacters.Kinds(codePoint);
        int cleaned = Clean(codePoint, kinds);
        if (cleaned < 0)
        {
            return;
        }

        bool isApart = _handleChineseChars && (kinds & CharacterKinds.Chinese) != 0;
        if (isApart)
        {
            Flush(run, text, lastStarter);
            text.Append(' ', source);
        }

        if (!_stripAccents)
        {
            AppendLowered(text, cleaned, source);
        }
        else if (cleaned == codePoint && (kinds & (CharacterKinds.Decomposable | CharacterKinds.Combining)) != 0)
        {
            Decompose(codePoint, source, text, run, ref lastStarter);
        }
        else
        {
            Flush(run, text, lastStarter);
            lastStarter = source;
            if ((kinds & CharacterKinds.NonspacingMark) == 0)
            {
                AppendLowered(text, cleaned, source);
            }
        }

        if (isApart)
        {
            text.Append(' ', source);
        }
    }

    private void Decompose(int codePoint, int source, NormalizedText text, CombiningRun run, ref int lastStarter)
    {
        Span<int> parts = stackalloc int[4];
        int count = UnicodeCharacters.Decompose(codePoint, parts);
        for (int i = 0; i < count; i++)
        {
            int combiningClass = UnicodeCharacters.CombiningClass(parts[i]);
            if (combiningClass != 0)
            {
                run.Add(parts[i], combiningClass, source, isAdded: i > 0);
                continue;
            }

            Flush(run, text, lastStarter);
            lastStarter = source;
            if ((UnicodeCharacters.Kinds(parts[i]) & CharacterKinds.NonspacingMark) == 0)
            {
                AppendLowered(text, parts[i], source);
            }
        }
    }

    /// <summary>Writes the marks that survive, in canonical order.</summary>
    private void Flush(CombiningRun run, NormalizedText text, int lastStarter)
    {
        if (run.Count == 0)
        {
            return;
        }

        if (run.AnySurvives)
        {
            foreach ((int codePoint, int source) in run.InCanonicalOrder(lastStarter))
            {
                if ((UnicodeCharacters.Kinds(codePoint) & CharacterKinds.NonspacingMark) == 0)
                {
                    AppendLowered(text, codePoint, source);
                }
            }
        }

        run.Clear();
    }

    /// <summary>The character, a space for white space, or -1 where it is removed.</summary>
    private int Clean(int codePoint, CharacterKinds kinds)
    {
        if (!_cleanText)
        {
            return codePoint;
        }

        if (codePoint is '\t' or '\n' or '\r')
        {
            return ' ';
        }

        if (codePoint == ReplacementCharacter || (kinds & CharacterKinds.Other) != 0)
        {
            return -1;
        }

        return (kinds & CharacterKinds.WhiteSpace) != 0 ? ' ' : codePoint;
    }

    private void AppendLowered(NormalizedText text, int codePoint, int source)
    {
        text.Append(_lowercase ? UnicodeCharacters.ToLower(codePoint) : codePoint, source);
        if (_lowercase && UnicodeCharacters.LowercaseHasDot(codePoint))
        {
            text.Append(CombiningDotAbove, source);
        }
    }
}
