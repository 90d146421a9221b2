using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>What a collection's log begins with: the collection's name, and what it stores in words.</summary>
/// <param name="Name">The name.</param>
/// <param name="Descriptions">The properties by slot, each as <see cref="RecordProperty.DescribeWithoutDimensions"/> says it.</param>
/// <param name="Dimensions">The dimensions of the vectors, by column.</param>
internal sealed record StoredSchema(string Name, string[] Descriptions, int[] Dimensions)
{
    public static StoredSchema Of(string name, RecordModel model) => new(
        name, [.. model.Properties.Select(property => property.DescribeWithoutDimensions())], [.. model.VectorColumns.Select(property => property.Dimensions)]);

    public static StoredSchema Read(ref ByteReader reader)
    {
        string name = reader.ReadText();
        string[] descriptions = new string[reader.ReadCount()];
        for (int slot = 0; slot < descriptions.Length; slot++)
        {
            descriptions[slot] = reader.ReadText();
        }

        int[] dimensions = new int[reader.ReadCount()];
        for (int column = 0; column < dimensions.Length; column++)
        {
            dimensions[column] = reader.ReadCount();
        }

        return new StoredSchema(name, descriptions, dimensions);
    }

    public void Write(ByteWriter writer)
    {
        writer.WriteText(Name);
        writer.WriteCount(Descriptions.Length);
        Array.ForEach(Descriptions, writer.WriteText);
        writer.WriteCount(Dimensions.Length);
        Array.ForEach(Dimensions, writer.WriteCount);
    }

    /// <summary>Says where another schema stores something else than other dimensions; null where it stores the same.</summary>
    public string? DifferenceFrom(StoredSchema other)
    {
        return Descriptions.SequenceEqual(other.Descriptions) ? null : $"{Join(other.Descriptions.Except(Descriptions))} instead of {Join(Descriptions.Except(other.Descriptions))}";

        static string Join(IEnumerable<string> descriptions) => string.Join(", ", descriptions.DefaultIfEmpty("nothing"));
    }
}
