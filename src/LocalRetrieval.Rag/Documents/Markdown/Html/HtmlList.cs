using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>A list in HTML, which counts its items.</summary>
internal sealed class HtmlList(HtmlTag tag)
{
    private const int MaxStart = 1_000_000;

    private int _next = int.TryParse(tag.Attribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? Math.Min(start, MaxStart) : 1;

    public string NextMarker() => tag.Name == "ol" ? _next++.ToString(CultureInfo.InvariantCulture) + ". " : "- ";
}
