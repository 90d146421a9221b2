using System.Text;

namespace LocalRetrieval.Documents;

/// <summary>A line of text in the making, whose white space collapses as a page's does.</summary>
internal sealed class InlineText(CancellationToken cancellationToken)
{
    private const int SliceLength = 1 << 16;

    private readonly StringBuilder _text = new();
    private bool _hasSpace;

    /// <summary>Whether nothing but white space was added since it was last taken.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>The last character; a space where white space waits or there is none.</summary>
    public char Last => _hasSpace || _text.Length == 0 ? ' ' : _text[^1];

    /// <summary>Whether it ends with a line break.</summary>
    public bool IsBroken => _text.Length > 0 && _text[^1] == '\n';

    /// <summary>Adds text of the page.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        for (; text.Length > SliceLength; text = text[SliceLength..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            AppendSlice(text[..SliceLength]);
        }

        AppendSlice(text);
    }

    /// <summary>Adds a space, unless there is one.</summary>
    public void Space() => _hasSpace = true;

    /// <summary>Ends the line.</summary>
    public void Break()
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _hasSpace = false;
    }

    /// <summary>The text, without white space at its ends; a new one is begun.</summary>
    public string Take()
    {
        string text = _text.ToString().Trim();
        _text.Clear();
        _hasSpace = false;
        return text;
    }

    private void AppendSlice(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            // A no-break space is one for who reads; soft hyphens, zero-width spaces and marks of bytes' order are not seen.
            if (character is ' ' or '\t' or '\n' or '\r' or '\f' or '\u00A0' or '\u202F')
            {
                _hasSpace = true;
            }
            else if (character is not ('\u00AD' or '\u200B' or '\u2060' or '\uFEFF'))
            {
                if (_hasSpace && _text.Length > 0 && _text[^1] != '\n')
                {
                    _text.Append(' ');
                }

                _hasSpace = false;
                _text.Append(character);
            }
        }
    }
}
