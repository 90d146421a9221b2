using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>A list in HTML, which counts its items.</summary>
internal sealed class HtmlList(bool isOrdered)
{
    private int _items;

    public string NextMarker() => isOrdered ? (++_items).ToString(CultureInfo.InvariantCulture) + ". " : "- ";
}
