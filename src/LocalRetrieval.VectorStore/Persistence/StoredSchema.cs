using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>What a collection's log begins with: the collection's name, and what it stores in words.</summary>
/// <param name="Name">The name.</param>
/// <param name="Descriptions">The properties by slot, each as <see cref="RecordProperty.Describe"/> says it.</param>
internal sealed record StoredSchema(string Name, string[] Descriptions)
{
    public static StoredSchema Of(string name, RecordModel model) => new(name, [.. model.Properties.Select(property => property.Describe())]);

    public static StoredSchema Read(ref ByteReader reader)
    {
        string name = reader.ReadText();
        string[] descriptions = new string[reader.ReadCount()];
        for (int slot = 0; slot < descriptions.Length; slot++)
        {
            descriptions[slot] = reader.ReadText();
        }

        return new StoredSchema(name, descriptions);
    }

    public void Write(ByteWriter writer)
    {
        writer.WriteText(Name);
        writer.WriteCount(Descriptions.Length);
        foreach (string description in Descriptions)
        {
            writer.WriteText(description);
        }
    }

    /// <summary>Says where a model stores something else; null where it stores the same.</summary>
    public string? DifferenceFrom(StoredSchema asked)
    {
        return Descriptions.SequenceEqual(asked.Descriptions) ? null : $"{Join(asked.Descriptions.Except(Descriptions))} instead of {Join(Descriptions.Except(asked.Descriptions))}";

        static string Join(IEnumerable<string> descriptions) => string.Join(", ", descriptions.DefaultIfEmpty("nothing"));
    }
}
