using System.IO.Compression;
using System.Text;

namespace LocalRetrieval.Documents.Office.Tests.Fixtures;

/// <summary>Writes Office files part by part, as their XML.</summary>
internal sealed class OfficeFile
{
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Type, string Target)>> _relations = new(StringComparer.Ordinal);

    /// <summary>Adds a part.</summary>
    /// <param name="name">Its name in the package.</param>
    /// <param name="type">Its content type.</param>
    /// <param name="xml">Its XML, without the declaration.</param>
    /// <param name="owner">The part that refers to it; empty for the package.</param>
    /// <param name="relation">How, by the last part of the relationship's name; relationships of a part are rId1, rId2 and so on.</param>
    public OfficeFile Add(string name, string type, string xml, string owner, string relation)
    {
        _parts[name] = Head + xml;
        _types[name] = type;
        if (!_relations.TryGetValue(owner, out List<(string, string)>? relations))
        {
            _relations[owner] = relations = [];
        }

        relations.Add((relation.Contains(':', StringComparison.Ordinal) ? relation : Relationship + relation, "/" + name));
        return this;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(archive, "[Content_Types].xml", Types());
            foreach ((string owner, List<(string Type, string Target)> relations) in _relations)
            {
                Write(archive, $"{(owner.Length == 0 ? "" : Path.GetDirectoryName(owner)!.Replace('\\', '/') + "/")}_rels/{Path.GetFileName(owner)}.rels", Relations(relations));
            }

            foreach ((string name, string xml) in _parts)
            {
                Write(archive, name, xml);
            }
        }

        return bytes.ToArray();
    }

    private static void Write(ZipArchive archive, string name, string xml)
    {
        using Stream entry = archive.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(xml));
    }

    private static string Relations(List<(string Type, string Target)> relations) =>
        Head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + string.Concat(relations.Select((relation, index) => $"<Relationship Id=\"rId{index + 1}\" Type=\"{relation.Type}\" Target=\"{relation.Target}\"/>")) + "</Relationships>";

    private string Types() =>
        Head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + string.Concat(_types.Select(type => $"<Override PartName=\"/{type.Key}\" ContentType=\"{type.Value}\"/>")) + "</Types>";
}
