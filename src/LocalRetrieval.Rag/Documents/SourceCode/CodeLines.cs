namespace LocalRetrieval.Rag;

/// <summary>Finds the line at which an item starts: the first behind the item before, with the comments between.</summary>
internal sealed class CodeLines(string text)
{
    private CodeToken _last;
    private int _end = TextLines.SkipByteOrderMark(text);
    private bool _isAtStart = true;

    /// <summary>The last token that is no comment.</summary>
    public CodeToken Last => _last;

    /// <summary>Passes over a comment; one that starts behind a token on its line belongs to that.</summary>
    public void SkipComment(CodeToken comment)
    {
        if (!comment.IsFirst && !_isAtStart)
        {
            _end = comment.End;
        }
    }

    /// <summary>Passes over a token.</summary>
    public void Pass(CodeToken token)
    {
        _last = token;
        _end = token.End;
        _isAtStart = false;
    }

    /// <summary>The item that starts with <paramref name="token"/>; null where that does not start on a line of its own.</summary>
    public CodeItem? ItemAt(CodeToken token, bool isAfterComma = false, bool isElement = false)
    {
        if (!token.IsFirst && !_isAtStart)
        {
            return null;
        }

        int start = _isAtStart ? _end : TextLines.NextLine(text, Math.Max(0, _end - (_end > 0 && text[_end - 1] is '\r' or '\n' ? 1 : 0)));
        int codeStart = Math.Max(TextLines.LineStart(text, token.Start), _isAtStart ? _end : 0);
        return start > token.Start || codeStart < start ? null
            : new CodeItem { Start = start, CodeStart = codeStart, IsAfterComma = isAfterComma, IsElement = isElement };
    }
}
