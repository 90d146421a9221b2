using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>Writes annotated text whole, and its reading behind it: one that parted its characters could not be found.</summary>
internal static class RubyText
{
    public static void Append(IElement ruby, InlineWriter writer, InlineText text)
    {
        List<string> readings = [];
        AppendBase(ruby, writer, text, readings);
        if (readings.Count > 0)
        {
            text.Append($"({string.Concat(readings)})");
        }
    }

    private static void AppendBase(IElement element, InlineWriter writer, InlineText text, List<string> readings)
    {
        foreach (INode child in element.ChildNodes)
        {
            switch (child)
            {
                case IElement { LocalName: "rp" }:
                    break;
                case IElement { LocalName: "rt" } reading:
                    readings.Add(writer.Line(reading));
                    break;
                case IElement { LocalName: "rb" or "rtc" or "span" } inner:
                    AppendBase(inner, writer, text, readings);
                    break;
                case IText { Data: { } data } when string.IsNullOrWhiteSpace(data):
                    break;
                default:
                    writer.Append(child, text);
                    break;
            }
        }
    }
}
