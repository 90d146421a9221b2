namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>What generic code would know of <see cref="Specimen"/>: one property is its own, the other another one of the same name.</summary>
public interface ISpecimen
{
    int Number { get; }

    string Name { get; }
}
