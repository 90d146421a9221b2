using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Finds the words and marks of a program, and passes over its strings and comments.</summary>
/// <remarks>What is never closed is a mark, so that one stray quote does not hide the rest. Linear in the text's length.</remarks>
internal sealed partial class CodeScanner(string text, SourceLanguage language)
{
    private const int MaxFailures = 64;

    // By what would close it: the place up to which nothing does, so that no stretch of text is searched twice for the same.
    private readonly Dictionary<string, int> _unclosed = [];
    private int _failures;
    private int _index = TextLines.SkipByteOrderMark(text);
    private bool _isFirst = true;
    private bool _isOutside = language.StartsOutside;
    private CodeToken _previous;

    /// <summary>The next token.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool Next(out CodeToken token)
    {
        SkipBlanks();
        if (_index >= text.Length)
        {
            token = default;
            return false;
        }

        (CodeTokenKind kind, int end) = Scan(_index);
        token = new CodeToken(kind, _index, end, _isFirst);
        _isFirst = kind == CodeTokenKind.Comment && (_isFirst || text.AsSpan(_index, end - _index).ContainsAny('\r', '\n'));
        _index = end;
        if (kind != CodeTokenKind.Comment)
        {
            _previous = token;
        }

        return true;
    }

    private void SkipBlanks()
    {
        while (_index < text.Length && (char.IsWhiteSpace(text[_index]) || text[_index] == '\uFEFF'))
        {
            _isFirst |= text[_index] is '\r' or '\n';
            _index++;
        }
    }

    private (CodeTokenKind Kind, int End) Scan(int start)
    {
        if (_isOutside || (language.StartsOutside && StartsWith(start, "?>")))
        {
            return (CodeTokenKind.Literal, EndOutside(start));
        }

        if (CommentEnd(start) is var comment && comment > start)
        {
            return (CodeTokenKind.Comment, comment);
        }

        if (_isFirst && language.HasDirectives && text[start] == '#')
        {
            return (CodeTokenKind.Directive, DirectiveEnd(start));
        }

        if (LiteralEnd(start, 0) is var literal && literal > start)
        {
            return (CodeTokenKind.Literal, literal);
        }

        int end = start;
        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        return end > start ? (CodeTokenKind.Word, end) : (CodeTokenKind.Mark, start + 1);
    }

    private static bool IsWord(char character) =>
        char.IsLetterOrDigit(character) || character is '_' or '$' || char.IsSurrogate(character)
        || (character > '\u007F' && char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private bool StartsWith(int index, string value) => string.CompareOrdinal(text, index, value, 0, value.Length) == 0;

    private bool IsUnclosed(string close, int index) => _unclosed.TryGetValue(close, out int until) && index < until;

    private void MarkUnclosed(string close, int until)
    {
        _unclosed[close] = until;
        _failures += until == text.Length ? 1 : 0;
    }

    private int LineEnd(int index)
    {
        int length = text.AsSpan(index).IndexOfAny('\r', '\n');
        return length < 0 ? text.Length : index + length;
    }

    /// <summary>The end of a PHP file's text outside of its tags.</summary>
    private int EndOutside(int start)
    {
        int tag = text.IndexOf("<?", start, StringComparison.Ordinal);
        _isOutside = tag < 0;
        return tag < 0 ? text.Length : StartsWith(tag, "<?php") ? tag + 5 : tag + 2;
    }

    private int DirectiveEnd(int start)
    {
        int end = LineEnd(start);
        while (end < text.Length && text[end - 1] == '\\')
        {
            end = LineEnd(TextLines.NextLine(text, end));
        }

        return end;
    }

    private int CommentEnd(int start)
    {
        foreach ((string open, string close) in language.BlockComments)
        {
            if (StartsWith(start, open) && !IsUnclosed(close, start))
            {
                int end = text.IndexOf(close, start + open.Length, StringComparison.Ordinal);
                if (end >= 0)
                {
                    return language.NestsComments ? EndOfNest(start, open, close) : end + close.Length;
                }

                MarkUnclosed(close, text.Length);
            }
        }

        foreach (string mark in language.LineComments)
        {
            if (StartsWith(start, mark) && (mark != "#" || StartsHashComment(start)) && (!char.IsLetter(mark[0]) || StartsWordComment(start, mark)))
            {
                return LineEnd(start);
            }
        }

        return start;
    }

    /// <summary>Whether a # is no part of a word, such as $#, and opens no attribute of PHP.</summary>
    private bool StartsHashComment(int start) =>
        (start == 0 || char.IsWhiteSpace(text[start - 1]) || text[start - 1] is ';' or ',' or '(' or ')' or '[' or ']' or '{' or '}')
        && !(language.StartsOutside && start + 1 < text.Length && text[start + 1] == '[');

    private bool StartsWordComment(int start, string mark) =>
        _isFirst && (start + mark.Length == text.Length || char.IsWhiteSpace(text[start + mark.Length]));

    /// <summary>The end of a comment with comments inside; of the innermost where the outer ones are not closed.</summary>
    private int EndOfNest(int start, string open, string close)
    {
        int depth = 1;
        int end = start;
        for (int index = start + open.Length; index < text.Length && depth > 0;)
        {
            bool opens = StartsWith(index, open);
            bool closes = !opens && StartsWith(index, close);
            depth += opens ? 1 : closes ? -1 : 0;
            index += opens ? open.Length : closes ? close.Length : 1;
            end = closes ? index : end;
        }

        return end;
    }
}
