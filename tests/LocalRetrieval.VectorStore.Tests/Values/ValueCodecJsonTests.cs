using System.Buffers;
using System.Text;
using System.Text.Json;
using LocalRetrieval.VectorData.JsonLines;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Values;

namespace LocalRetrieval.VectorData.Tests.Values;

/// <summary>What is read of JSON is what was written, to the last bit, for all types that can be written; other JSON is an error.</summary>
public sealed class ValueCodecJsonTests
{
    public enum Narrow : sbyte
    {
        Least = sbyte.MinValue,
        None = 0,
    }

    public enum Wide : ulong
    {
        None = 0,
        Greatest = ulong.MaxValue,
    }

    [Fact]
    public void Read_WhatWasWritten_HasTheSameBits()
    {
        Check("", "text", "\"quoted\"\n\\", "猫 é \u2028", "\uD83D\uDE00", "\uD800", "a\uDC00b", "\0");
        CheckValues(true, false);
        CheckValues('a', '\uFFFF', '\uD800', '"', '\0');
        CheckValues<byte>(0, 255);
        CheckValues<sbyte>(-128, 127);
        CheckValues<short>(short.MinValue, short.MaxValue);
        CheckValues<ushort>(0, ushort.MaxValue);
        CheckValues(int.MinValue, int.MaxValue);
        CheckValues(uint.MinValue, uint.MaxValue);
        CheckValues(long.MinValue, long.MaxValue);
        CheckValues(ulong.MinValue, ulong.MaxValue);
        CheckValues(Half.Epsilon, Half.MaxValue, Half.NegativeZero, Half.NaN, Half.NegativeInfinity, (Half)0.1f);
        CheckValues(float.Epsilon, float.MaxValue, float.NegativeZero, float.NaN, float.PositiveInfinity, 0.1f, 1e-40f, 16777217f);
        CheckValues(double.Epsilon, double.MaxValue, double.NegativeZero, double.NaN, double.NegativeInfinity, 0.1, 1e-310, 9007199254740993);
        CheckValues(decimal.MinValue, decimal.MaxValue, 1.50m, 1.5000m, 0.0000000000000000000000000001m);
        CheckValues(Guid.Empty, Guid.CreateVersion7());
        CheckValues(DateTime.MinValue, DateTime.MaxValue, new DateTime(12345678901234567, DateTimeKind.Utc), new DateTime(2024, 7, 1, 2, 30, 0, DateTimeKind.Local), new DateTime(1, DateTimeKind.Unspecified));
        CheckValues(DateTimeOffset.UnixEpoch, new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromMinutes(-570)).AddTicks(7), DateTimeOffset.MaxValue);
        CheckValues(DateOnly.MinValue, DateOnly.MaxValue);
        CheckValues(TimeOnly.MinValue, TimeOnly.MaxValue);
        CheckValues(TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(-1));
        CheckOne(typeof(Narrow), Narrow.Least);
        CheckOne(typeof(Wide?), Wide.Greatest);
    }

    [Fact]
    public void Read_RandomBitsOfFloats_AreTheSame()
    {
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            float number = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (float.IsFinite(number))
            {
                CheckOne(typeof(float), number);
            }
        }
    }

    [Theory]
    [InlineData(typeof(int), "\"1\"")]
    [InlineData(typeof(int), "1.5")]
    [InlineData(typeof(byte), "256")]
    [InlineData(typeof(string), "1")]
    [InlineData(typeof(string), "{\"utf8\":\"\"}")]
    [InlineData(typeof(char), "\"ab\"")]
    [InlineData(typeof(bool), "0")]
    [InlineData(typeof(Guid), "\"g\"")]
    [InlineData(typeof(DateTime), "\"yesterday\"")]
    [InlineData(typeof(DateTime), "{\"there\":\"2024-01-01\"}")]
    [InlineData(typeof(DateOnly), "\"2024-13-01\"")]
    [InlineData(typeof(float), "\"many\"")]
    [InlineData(typeof(int[]), "[1,null]")]
    [InlineData(typeof(int[]), "{}")]
    [InlineData(typeof(Dictionary<string, int>), "{\"a\":1,\"a\":2}")]
    [InlineData(typeof(Dictionary<string, int>), "[[\"a\",1,2]]")]
    public void Read_SomethingElse_IsAnErrorOfTheLine(Type type, string json)
    {
        Exception exception = Assert.ThrowsAny<Exception>(() => Read(ValueCodecs.Find(type)!, Encoding.UTF8.GetBytes(json)));
        Assert.True(JsonRowReader.IsOfTheLine(exception), exception.ToString());
    }

    [Fact]
    public void Write_OrdinaryValues_AreAsOthersWriteThem()
    {
        Assert.Equal("\"2024-02-29T01:02:03Z\"", Json(new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc)));
        Assert.Equal("{\"a\":1}", Json(new Dictionary<string, int> { ["a"] = 1 }));
        Assert.Equal("[1.5,null]", Json(new double?[] { 1.5, null }));
        Assert.Equal("\"23:59:00.0000000\"", Json(new TimeOnly(23, 59)));
        Assert.Equal("2", Json(DayOfWeek.Tuesday));
        Assert.Equal("-0", Json(-0f));
    }

    private static void CheckValues<T>(params T[] values)
        where T : struct
    {
        Check(values);
        CheckOne(typeof(T?), values[0]);
        CheckOne(typeof(T?), null);
        CheckOne(typeof(T?[]), new T?[] { values[0], null });
        CheckOne(typeof(List<T?>), new List<T?> { null, values[0] });
        CheckOne(typeof(HashSet<T?>), new HashSet<T?> { null, values[0] });
        CheckOne(typeof(Dictionary<string, T?>), new Dictionary<string, T?> { ["a"] = null, ["b\uD800"] = values[0] });
    }

    private static void Check<T>(params T[] values)
    {
        Assert.All(values, value => CheckOne(typeof(T), value));
        CheckOne(typeof(T[]), values);
        CheckOne(typeof(T[]), Array.Empty<T>());
        CheckOne(typeof(List<T>), values.ToList());
        CheckOne(typeof(HashSet<T>), values.ToHashSet());
        CheckOne(typeof(Dictionary<string, T>), new Dictionary<string, T> { [""] = values[0], ["ü"] = values[^1] });
    }

    private static void CheckOne(Type type, object? value)
    {
        ValueCodec codec = ValueCodecs.Find(type) ?? throw new InvalidOperationException($"{type} cannot be written.");
        ArrayBufferWriter<byte> json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            codec.Write(writer, value);
        }

        object? read = Read(codec, json.WrittenSpan);
        Assert.Equal(Bytes(codec, value), Bytes(codec, read));
        Assert.Equal(value?.GetType(), read?.GetType());
    }

    private static object? Read(ValueCodec codec, ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        object? value = codec.Read(ref reader);
        Assert.False(reader.Read());
        return value;
    }

    private static byte[] Bytes(ValueCodec codec, object? value)
    {
        ByteWriter writer = new();
        codec.Write(writer, value);
        return writer.Written.ToArray();
    }

    private static string Json(object value)
    {
        ArrayBufferWriter<byte> json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            ValueCodecs.Find(value.GetType())!.Write(writer, value);
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
