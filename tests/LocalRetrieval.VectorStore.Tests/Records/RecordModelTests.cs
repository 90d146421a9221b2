using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Records;

public sealed class RecordModelTests
{
    [Fact]
    public void WithoutGenerators_TextsInPlaceOfVectors_StoresTheSameInTheSamePlaces()
    {
        using FakeGenerator generator = new();
        RecordModel model = RecordModelBuilder.Build(typeof(int), typeof(TextNote), definition: null, generator);

        RecordModel without = model.WithoutGenerators();

        Assert.True(without.StoresLike(model));
        Assert.Equal(model.Properties.Select(Place), without.Properties.Select(Place));
        Assert.Equal(model.VectorColumns.Select(Column), without.VectorColumns.Select(Column));
        Assert.All(without.Vectors, property => Assert.True(property is { Generator: null, Embedder: null }));
        Assert.All(model.Vectors, property => Assert.True(property.Generator == generator && property.Embedder is not null));

        static (string Name, int Slot) Place(RecordProperty property) => (property.Name, property.Slot);

        static (string Name, int Column) Column(VectorProperty property) => (property.Name, property.Column);
    }
}
