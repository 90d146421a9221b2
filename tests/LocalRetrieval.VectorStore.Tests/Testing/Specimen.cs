using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A record of every type of data that filters are asked about, all of it indexed.</summary>
public sealed class Specimen : ISpecimen
{
    public enum Grade : byte
    {
        Low = 1,
        Middle = 2,
        High = 200,
    }

    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public string? Name { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public bool Flag { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public bool Rare { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public bool Common { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public bool? MaybeFlag { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public sbyte Tiny { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public byte Small { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int Number { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int? MaybeNumber { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public uint Positive { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public long Wide { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public long? MaybeWide { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public float Ratio { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public double Price { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public double? MaybePrice { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public decimal Exact { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public decimal? MaybeExact { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public char Letter { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public Guid Mark { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public Guid? MaybeMark { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DateTime Time { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DateTime? MaybeTime { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DateTimeOffset Moment { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DateTimeOffset? MaybeMoment { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DateOnly Day { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public TimeOnly Hour { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public TimeSpan Length { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public Grade Quality { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public Grade? MaybeQuality { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public string?[]? Tags { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int[] Codes { get; set; } = [];

    [VectorStoreData(IsIndexed = true)]
    public List<int>? Sizes { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public List<double> Prices { get; set; } = [];

    [VectorStoreData(IsIndexed = true)]
    public Grade[] Grades { get; set; } = [];

    /// <summary>A set that ignores case.</summary>
    [VectorStoreData(IsIndexed = true)]
    public HashSet<string>? Labels { get; set; }

    /// <summary>The same, seen as less.</summary>
    [VectorStoreData(IsIndexed = true)]
    public IEnumerable<string> Words { get; set; } = [];

    [VectorStoreData]
    public Maker? Made { get; set; }

    [VectorStoreVector(2)]
    public float[]? Vector { get; set; }

    public float Norm => Vector is null ? -1 : Vector[0];

    string ISpecimen.Name => $"explicit {Id}";

    public sealed record Maker(string? Country, int Year, Maker? Owner);
}
