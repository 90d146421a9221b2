using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>A record of a user's own.</summary>
public sealed class Note
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData]
    public string Body { get; set; } = "";

    [VectorStoreVector(32)]
    public ReadOnlyMemory<float> Vector { get; set; }

    internal static PassageMapping<Note> Mapping { get; } = new() { Key = note => $"{note.Id}", Text = note => note.Body, Source = _ => "notes" };
}
