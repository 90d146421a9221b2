using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A record of many types, each of them indexed where <see cref="Products"/> says so.</summary>
public sealed class Product
{
    public enum Grade
    {
        Low,
        Middle,
        High,
    }

    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public string? Name { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int Count { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public short Small { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int? Maybe { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public double Price { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DateTime Day { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public Grade Quality { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public bool IsNew { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public string[]? Tags { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public List<int> Sizes { get; set; } = [];

    [VectorStoreData]
    public Maker? Made { get; set; }

    [VectorStoreVector(2)]
    public float[]? Vector { get; set; }

    public string Label => $"{Name}-{Count}";

    public sealed record Maker(string Country, int Year);
}
