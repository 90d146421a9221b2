using System.Buffers;

namespace LocalRetrieval.Rag;

/// <summary>The lines of code with their indentation, and how good it is to cut before each.</summary>
/// <remarks>A fence of Markdown is one with the line beside it, so that it stands neither alone nor without its code.</remarks>
internal static class CodeCuts
{
    private const int TabWidth = 4;

    private static readonly SearchValues<char> Closers = SearchValues.Create("})]>;");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Continuations =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "end", "else", "elif", "elsif", "elseif", "except", "finally", "catch", "rescue", "ensure", "fi", "done", "esac", "then", "do", "endif", "and", "or", "where",
        }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The lines of a range that are not blank, without white space at their ends.</summary>
    public static List<(TextRange Range, int Cut)> Split(string text, TextRange range, CancellationToken cancellationToken)
    {
        List<(TextRange Range, int Cut)> lines = [];
        bool isBlank = false;
        TextRange before = default;
        for (int start = range.Start; start < range.End;)
        {
            int next = Math.Min(range.End, TextLines.NextLine(text, start));
            TextRange line = new(start, start + text.AsSpan(start, next - start).TrimEnd().Length);
            if (!line.IsEmpty)
            {
                Add(text, line, before, isBlank, isLast: next == range.End, lines);
                before = line;
            }

            isBlank = line.IsEmpty;
            start = next;
            if (lines.Count % 1024 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return lines;
    }

    private static void Add(string text, TextRange line, TextRange before, bool isBlank, bool isLast, List<(TextRange Range, int Cut)> lines)
    {
        bool closes = isLast && lines.Count > 0 && Fences.Closes(line.Of(text));
        bool isOpened = lines.Count == 1 && Fences.Opens(before.Of(text));
        if (closes || isOpened)
        {
            lines[^1] = lines[^1] with { Range = new TextRange(lines[^1].Range.Start, line.End) };
            return;
        }

        lines.Add((line, lines.Count == 0 ? CutQuality.Block : Quality(before.Of(text), line.Of(text), isBlank)));
    }

    private static int Quality(ReadOnlySpan<char> before, ReadOnlySpan<char> line, bool isBlank)
    {
        int indentation = Indentation(line);
        ReadOnlySpan<char> code = line.TrimStart();
        return indentation > Indentation(before) || GoesOn(code) || (!isBlank && LeadsOn(before.TrimStart()))
            ? CutQuality.Poor
            : (isBlank ? CutQuality.BlankLine : 0) - Math.Min(indentation, CutQuality.MaxIndentation);
    }

    /// <summary>Whether a line ends what the lines before it began, or goes on with it.</summary>
    private static bool GoesOn(ReadOnlySpan<char> code)
    {
        int word = 0;
        while (word < code.Length && char.IsAsciiLetter(code[word]))
        {
            word++;
        }

        return Closers.Contains(code[0]) || code is ['{'] or ['.', ..] or ['|', ..] or ['&', '&', ..] || (word > 0 && Continuations.Contains(code[..word]));
    }

    /// <summary>Whether a line belongs to the one below it: a comment, a decorator, an attribute, an open bracket.</summary>
    private static bool LeadsOn(ReadOnlySpan<char> code) =>
        Fences.Opens(code) || code is ['@', ..] or ['#', ..] or ['/', '/', ..] or ['/', '*', ..] or ['-', '-', ..] or ['[', .., ']']
        || code[^1] is '{' or '(' or '[' or ',' or '\\' or '=' or ':';

    private static int Indentation(ReadOnlySpan<char> line)
    {
        int columns = 0;
        foreach (char character in line)
        {
            if (!char.IsWhiteSpace(character))
            {
                break;
            }

            columns += character == '\t' ? TabWidth : 1;
        }

        return columns;
    }
}
