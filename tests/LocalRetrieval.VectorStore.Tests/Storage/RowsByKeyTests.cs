using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Tests.Storage;

public sealed class RowsByKeyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1 << 16)]
    [InlineData(-(1 << 20))]
    public void Find_KeysOfOneStep_GivesWhatADictionaryGives(int step) => HoldsLikeADictionary(number => number * step);

    [Fact]
    public void Find_Texts_GivesWhatADictionaryGives() => HoldsLikeADictionary(number => $"key {number}");

    [Fact]
    public void Find_KeysOfOneHash_GivesWhatADictionaryGives() => HoldsLikeADictionary(number => new OneHash(number), keys: 200);

    [Fact]
    public async Task Find_WhileAWriterGrowsIt_FindsEachRowThatWasSet()
    {
        RowsByKey rows = new();
        const int Count = 200_000;
        int written = 0;
        Task writer = Task.Run(() =>
        {
            for (int key = 0; key < Count; key++)
            {
                rows.Set(RowOf(key, key));
                Volatile.Write(ref written, key + 1);
            }
        });
        Random random = new(7);
        for (int known = 0; known < Count && !writer.IsCompleted; known = Volatile.Read(ref written))
        {
            int key = known == 0 ? -1 : random.Next(known);

            Assert.Equal(key < 0 ? null : key, rows.Find(key)?.Index);
        }

        await writer;
        Assert.All(Enumerable.Range(0, Count), key => Assert.Equal(key, rows.Find(key)?.Index));
    }

    private static void HoldsLikeADictionary(Func<int, object> keyOf, int keys = 5_000)
    {
        Random random = new(keys);
        RowsByKey rows = new();
        Dictionary<object, int> expected = [];
        for (int index = 0; index < 3 * keys; index++)
        {
            object key = keyOf(random.Next(keys));
            rows.Set(RowOf(key, index));
            expected[key] = index;
        }

        Assert.All(Enumerable.Range(0, keys), number =>
            Assert.Equal(expected.TryGetValue(keyOf(number), out int index) ? index : null, rows.Find(keyOf(number))?.Index));
    }

    private static MemoryRow RowOf(object key, int index) => new([key], created: 1, index, previous: null);

    private sealed record OneHash(int Number)
    {
        public override int GetHashCode() => 42;
    }
}
