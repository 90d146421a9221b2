using System.Globalization;
using System.Net;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Writes HTML: texts are always escaped, and tags are closed in turn.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();
    private readonly Stack<string> _open = new();

    /// <summary>Writes markup as it is, which must not hold anything of a query or a passage.</summary>
    public HtmlWriter Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>Opens an element.</summary>
    /// <param name="tag">Its name.</param>
    /// <param name="attributes">Its attributes as markup, which must not hold anything of a query or a passage.</param>
    public HtmlWriter Open(string tag, string attributes = "")
    {
        _open.Push(tag);
        _html.Append('<').Append(tag).Append(attributes.Length > 0 ? " " : "").Append(attributes).Append('>');
        return this;
    }

    /// <summary>Closes the element that was opened last.</summary>
    public HtmlWriter Close()
    {
        _html.Append("</").Append(_open.Pop()).Append(">\n");
        return this;
    }

    /// <summary>Writes a text, without the control characters that HTML does not allow.</summary>
    public HtmlWriter Text(string text)
    {
        _html.Append(WebUtility.HtmlEncode(string.Concat(text.Where(character => !char.IsControl(character) || character is '\n' or '\t'))));
        return this;
    }

    /// <summary>Writes an element that holds a text.</summary>
    public HtmlWriter Element(string tag, string text, string attributes = "") => Open(tag, attributes).Text(text).Close();

    /// <summary>Opens a table that scrolls by itself where it is too wide, with its caption and the headers of its columns.</summary>
    /// <param name="caption">The caption, which must not hold anything of a query or a passage.</param>
    /// <param name="columns">The columns' headers.</param>
    /// <param name="look">The table's class.</param>
    public HtmlWriter OpenTable(string caption, IReadOnlyList<string> columns, string look)
    {
        Open("div", $"class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"").Open("table", $"class=\"{look}\"").Element("caption", caption).Open("thead").Open("tr");
        foreach (string column in columns)
        {
            Element("th", column, "scope=\"col\"");
        }

        return Close().Close().Open("tbody");
    }

    /// <summary>Closes body, table and the box around it.</summary>
    public HtmlWriter CloseTable() => Close().Close().Close();

    /// <summary>A number for people: three digits behind the point.</summary>
    public static string Number(double? value, string format = "0.###") => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "–";

    public override string ToString() => _html.ToString();
}
