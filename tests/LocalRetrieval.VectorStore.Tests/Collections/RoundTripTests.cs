using System.Numerics;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

/// <summary>What is written is read again, as an object of a class and as a dictionary.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public async Task UpsertAndGet_ValueOfEachType_IsTheSame()
    {
        await RoundTripAsync(true);
        await RoundTripAsync((byte)200);
        await RoundTripAsync((sbyte)-7);
        await RoundTripAsync((short)-7);
        await RoundTripAsync((ushort)7);
        await RoundTripAsync(int.MinValue);
        await RoundTripAsync(uint.MaxValue);
        await RoundTripAsync(long.MinValue);
        await RoundTripAsync(ulong.MaxValue);
        await RoundTripAsync((Half)0.1f);
        await RoundTripAsync(float.NaN);
        await RoundTripAsync(double.Epsilon);
        await RoundTripAsync(79228162514264337593543950335m);
        await RoundTripAsync('\uffff');
        await RoundTripAsync("text");
        await RoundTripAsync(Guid.CreateVersion7());
        await RoundTripAsync(DayOfWeek.Friday);
        await RoundTripAsync(TimeSpan.MinValue);
        await RoundTripAsync(DateOnly.MaxValue);
        await RoundTripAsync(new TimeOnly(23, 59, 59, 999, 999));
        await RoundTripAsync(new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(-5)));
        await RoundTripAsync(BigInteger.Pow(7, 100));
        await RoundTripAsync(new Uri("https://example.org/a?b#c"));
        await RoundTripAsync(new byte[] { 0, 255 });
        await RoundTripAsync(new string?[] { "a", null });
        await RoundTripAsync(new int?[] { 1, null });
        await RoundTripAsync(new List<decimal> { 1.50m });
        await RoundTripAsync(new List<DateTime> { DateTime.UnixEpoch });
        await RoundTripAsync(new HashSet<int> { 3 });
        await RoundTripAsync<int?>(7);
        await RoundTripAsync<int?>(null);
        await RoundTripAsync<DateTime?>(null);
        await RoundTripAsync<string?>(null);
        await RoundTripAsync<int[]?>(null);
    }

    [Theory]
    [InlineData(DateTimeKind.Unspecified)]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Local)]
    public async Task UpsertAndGet_DateTime_KeepsItsKind(DateTimeKind kind)
    {
        DateTime value = new(2024, 2, 29, 1, 2, 3, 4, kind);

        DateTime read = await RoundTripAsync(value);

        Assert.Equal((value.Ticks, kind), (read.Ticks, read.Kind));
    }

    [Fact]
    public async Task UpsertAndGet_InitOnlyRequiredAndPrivatelySetProperties_AreWritten()
    {
        var records = await Stores.CollectionAsync<int, Strict>();

        await records.UpsertAsync(new Strict(private_: 5) { Id = 1, Text = "t" });

        Assert.Equal((1, "t", 5), await records.GetAsync(1) is { } read ? (read.Id, read.Text, read.Private) : default);
    }

    private static async Task<T> RoundTripAsync<T>(T value)
    {
        using LocalVectorStore store = new();
        var boxes = await Stores.CollectionAsync<int, Box<T>>(store);
        var dictionaries = store.GetDynamicCollection("docs", new()
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreDataProperty("Value", typeof(T)) { IsIndexed = true }],
        });

        await boxes.UpsertAsync(new Box<T> { Id = 1, Value = value });
        await dictionaries.UpsertAsync(new Dictionary<string, object?> { ["Id"] = 2, ["Value"] = value });

        foreach (int key in new[] { 1, 2 })
        {
            Assert.Equal(value, (await boxes.GetAsync(key))!.Value);
            Assert.Equal(value, (T?)(await dictionaries.GetAsync(key))!["Value"]);
        }

        return (await boxes.GetAsync(2))!.Value;
    }

    private sealed class Box<T>
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public T Value { get; set; } = default!;
    }

    private sealed record Strict
    {
        public Strict()
        {
        }

        public Strict(int private_) => Private = private_;

        [VectorStoreKey]
        public required int Id { get; init; }

        [VectorStoreData]
        public required string Text { get; init; }

        [VectorStoreData]
        public int Private { get; private set; }
    }
}
