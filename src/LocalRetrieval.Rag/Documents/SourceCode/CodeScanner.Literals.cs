using System.Buffers;

namespace LocalRetrieval.Rag;

/// <content>Where strings, characters, regular expressions and here documents end.</content>
internal sealed partial class CodeScanner
{
    private const int MaxHoles = 8;
    private const int MaxHoleLength = 4096;

    private static readonly SearchValues<string> WordsBeforeRegex =
        SearchValues.Create(["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "await", "yield"], StringComparison.Ordinal);

    /// <summary>The end of the literal that starts at <paramref name="start"/>; <paramref name="start"/> where none does.</summary>
    private int LiteralEnd(int start, int depth)
    {
        int end = language.Literals switch
        {
            LiteralFamily.CSharp => CSharpEnd(start, depth),
            LiteralFamily.Rust => RustEnd(start),
            LiteralFamily.C => RawCEnd(start),
            LiteralFamily.JavaScript when text[start] == '/' => RegexEnd(start),
            LiteralFamily.Shell => HereDocumentEnd(start, "<<"),
            LiteralFamily.Php => HereDocumentEnd(start, "<<<"),
            _ => start,
        };
        if (end > start)
        {
            return end;
        }

        foreach (LiteralSyntax syntax in language.Strings)
        {
            if (StartsWith(start, syntax.Open) && EndOf(start + syntax.Open.Length, syntax, depth) is var found && found > 0)
            {
                return found;
            }
        }

        return start;
    }

    /// <summary>The end of a string whose content starts at <paramref name="index"/>; -1 where it is not closed.</summary>
    private int EndOf(int index, LiteralSyntax syntax, int depth)
    {
        if (IsUnclosed(syntax.Close, index))
        {
            return -1;
        }

        while (index < text.Length)
        {
            char character = text[index];
            if (syntax.Escape != '\0' && character == syntax.Escape && !IsHole(index, syntax))
            {
                index += index + 2 < text.Length && text[index + 1] == '\r' && text[index + 2] == '\n' ? 3 : 2;
            }
            else if (character is '\r' or '\n' && !syntax.HasLines)
            {
                break;
            }
            else if (StartsWith(index, syntax.Close))
            {
                return index + syntax.Close.Length;
            }
            else if (IsHole(index, syntax) && depth < MaxHoles)
            {
                index = HoleEnd(index + syntax.Hole!.Length, syntax, depth + 1);
            }
            else
            {
                index++;
            }
        }

        MarkUnclosed(syntax.Close, Math.Min(index, text.Length));
        return -1;
    }

    private bool IsHole(int index, LiteralSyntax syntax) => syntax.Hole is { } hole && _failures < MaxFailures && StartsWith(index, hole);

    /// <summary>The place behind the code in a string; right behind its opening bracket where that is not closed in time.</summary>
    private int HoleEnd(int start, LiteralSyntax syntax, int depth)
    {
        int brackets = 1;
        for (int index = start; index < text.Length && (syntax.HasLines || text[index] is not ('\r' or '\n'));)
        {
            int end = LiteralEnd(index, depth);
            if (end > index)
            {
                index = end;
                continue;
            }

            brackets += text[index] is '(' or '[' or '{' ? 1 : text[index] is ')' or ']' or '}' ? -1 : 0;
            index++;
            if (brackets == 0)
            {
                return index;
            }

            if (index - start > MaxHoleLength)
            {
                break;
            }
        }

        _failures++;
        return start;
    }

    private int CSharpEnd(int start, int depth)
    {
        int quote = start;
        while (quote < text.Length && text[quote] is '$' or '@')
        {
            quote++;
        }

        if (quote >= text.Length || text[quote] != '"' || quote - start > 16)
        {
            return start;
        }

        int quotes = Run(quote, '"');
        ReadOnlySpan<char> prefix = text.AsSpan(start, quote - start);
        bool isVerbatim = prefix.Contains('@');
        if (quotes >= 3 && !isVerbatim)
        {
            // Quotes that nothing closes are passed over at once: each of them would be looked for again.
            int close = EndAt(new string('"', quotes), quote + quotes, -1);
            return close < 0 ? quote + quotes : close + Run(close, '"');
        }

        return Math.Max(start, EndOfQuoted(quote + 1, isVerbatim, prefix.Contains('$'), depth));
    }

    private int EndOfQuoted(int index, bool isVerbatim, bool hasHoles, int depth)
    {
        LiteralSyntax syntax = new(isVerbatim ? "@\"" : "\"", "\"", HasLines: isVerbatim);
        if (IsUnclosed(syntax.Open, index))
        {
            return -1;
        }

        while (index < text.Length && (isVerbatim || text[index] is not ('\r' or '\n')))
        {
            bool isDouble = index + 1 < text.Length && text[index + 1] == text[index];
            if ((isDouble && ((isVerbatim && text[index] == '"') || (hasHoles && text[index] is '{' or '}'))) || (!isVerbatim && text[index] == '\\'))
            {
                index += 2;
            }
            else if (text[index] == '"')
            {
                return index + 1;
            }
            else
            {
                index = hasHoles && text[index] == '{' && depth < MaxHoles && _failures < MaxFailures
                    ? HoleEnd(index + 1, syntax, depth + 1)
                    : index + 1;
            }
        }

        MarkUnclosed(syntax.Open, Math.Min(index, text.Length));
        return -1;
    }

    private int Run(int start, char character)
    {
        int end = start;
        while (end < text.Length && text[end] == character)
        {
            end++;
        }

        return end - start;
    }

    /// <summary>r"…", r#"…"#, and 'a' as opposed to the lifetime 'a.</summary>
    private int RustEnd(int start)
    {
        int index = text[start] == 'b' ? start + 1 : start;
        if (index < text.Length && text[index] == 'r' && (start == 0 || !IsWord(text[start - 1])))
        {
            int hashes = Run(index + 1, '#');
            int quote = index + 1 + hashes;
            return quote < text.Length && text[quote] == '"' ? EndAt("\"" + new string('#', hashes), quote + 1, start) : start;
        }

        return CharacterEnd(start);
    }

    private int CharacterEnd(int start)
    {
        if (text[start] != '\'' || start + 2 >= text.Length)
        {
            return start;
        }

        int close = text.AsSpan(start + 2, Math.Min(10, text.Length - start - 2)).IndexOf('\'');
        return text[start + 1] == '\\' ? (close >= 0 ? start + 3 + close : start) : close is 0 or 1 ? start + 3 + close : start;
    }

    /// <summary>R"delimiter(…)delimiter", and no digit separator taken for a quote.</summary>
    private int RawCEnd(int start)
    {
        if (text[start] == '\'')
        {
            return CharacterEnd(start);
        }

        int quote = text.AsSpan(start, Math.Min(4, text.Length - start)).IndexOf("R\"");
        if (quote < 0 || (quote > 0 && text[start] is not ('u' or 'U' or 'L')) || (start > 0 && IsWord(text[start - 1])))
        {
            return start;
        }

        int delimiter = start + quote + 2;
        int open = text.AsSpan(delimiter, Math.Min(17, text.Length - delimiter)).IndexOf('(');
        return open < 0 ? start : EndAt(string.Concat(")", text.AsSpan(delimiter, open), "\""), delimiter + open + 1, start);
    }

    private int EndAt(string close, int from, int otherwise)
    {
        int end = IsUnclosed(close, from) || _failures >= MaxFailures ? -1 : text.IndexOf(close, from, StringComparison.Ordinal);
        if (end < 0)
        {
            MarkUnclosed(close, text.Length);
            return otherwise;
        }

        return end + close.Length;
    }

    private int RegexEnd(int start)
    {
        bool mayStart = _previous.Kind switch
        {
            CodeTokenKind.Mark => text[_previous.Start] is not (')' or ']' or '}' or '<'),
            CodeTokenKind.Word => _previous.Length == 0 || WordsBeforeRegex.Contains(_previous.Of(text).ToString()),
            _ => false,
        };
        bool isInClass = false;
        if (!mayStart || IsUnclosed("/", start))
        {
            return start;
        }

        int index = start + 1;
        for (; index < text.Length && text[index] is not ('\r' or '\n'); index++)
        {
            if (text[index] == '\\')
            {
                index++;
            }
            else if (text[index] == '/' && !isInClass)
            {
                return index > start + 1 ? index + 1 : start;
            }
            else
            {
                isInClass = text[index] == '[' || (isInClass && text[index] != ']');
            }
        }

        MarkUnclosed("/", Math.Min(index, text.Length));
        return start;
    }

    /// <summary>From the line's end to the line that is the word behind the mark; what follows the mark on its line counts as part of it.</summary>
    private int HereDocumentEnd(int start, string mark)
    {
        if (!StartsWith(start, mark))
        {
            return start;
        }

        int word = start + mark.Length;
        while (word < text.Length && text[word] is '-' or '~' or ' ' or '\'' or '"')
        {
            word++;
        }

        int wordEnd = word;
        while (wordEnd < text.Length && (char.IsAsciiLetterOrDigit(text[wordEnd]) || text[wordEnd] == '_'))
        {
            wordEnd++;
        }

        if (wordEnd == word || char.IsAsciiDigit(text[word]) || _failures >= MaxFailures || IsUnclosed(text[word..wordEnd], start))
        {
            return start;
        }

        ReadOnlySpan<char> name = text.AsSpan(word, wordEnd - word);
        for (int line = TextLines.NextLine(text, wordEnd); line < text.Length; line = TextLines.NextLine(text, line))
        {
            ReadOnlySpan<char> content = text.AsSpan(line, LineEnd(line) - line);
            if (content.Trim().TrimEnd(";,)").SequenceEqual(name))
            {
                return line + content.TrimEnd().TrimEnd(";,)").Length;
            }
        }

        MarkUnclosed(name.ToString(), text.Length);
        return start;
    }
}
