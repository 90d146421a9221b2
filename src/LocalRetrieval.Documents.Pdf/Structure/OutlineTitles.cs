using LocalRetrieval.Documents.Parsing;

namespace LocalRetrieval.Documents.Structure;

/// <summary>The titles of a document's outline, found again on their pages.</summary>
internal sealed class OutlineTitles
{
    private readonly Dictionary<string, List<OutlineEntry>> _entries = [];

    public OutlineTitles(List<OutlineEntry> entries)
    {
        foreach (OutlineEntry entry in entries)
        {
            string key = KeyOf(entry.Title);
            if (key.Length > 0)
            {
                (_entries.TryGetValue(key, out List<OutlineEntry>? same) ? same : _entries[key] = []).Add(entry);
            }
        }
    }

    /// <summary>The level of the entry that a heading on a page is the text of; null where there is none.</summary>
    public int? Find(string title, int page)
    {
        if (_entries.Count == 0)
        {
            return null;
        }

        string key = KeyOf(title);
        return Level(key, page) ?? Level(key.TrimStart("0123456789".ToCharArray()), page);
    }

    private int? Level(string key, int page)
    {
        if (!_entries.TryGetValue(key, out List<OutlineEntry>? entries))
        {
            return null;
        }

        int index = entries.FindIndex(entry => entry.Page is not { } wanted || wanted == page);
        return index < 0 ? null : entries[index].Level;
    }

    // Outlines and pages differ in spaces, cases and signs: "2 – Getting started" and "2. Getting Started" are one.
    private static string KeyOf(string title) => new([.. title.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}
