
namespace LocalRetrieval.Encoders.Tests.Batching;

public sealed class ChunkWindowsTests
{
    [Fact]
    public void Cut_TextThatFits_IsOneWindowOfItself() =>
        Assert.Equal([1, 2, 3], Assert.Single(new ChunkWindows(TruncationPolicy.ChunkAndPool, 2).Cut([1, 2, 3], [1], 3, Build)).Ids);

    [Fact]
    public void Cut_LongText_OverlapsAndRepeatsThePrompt()
    {
        TokenizedText[] windows = new ChunkWindows(TruncationPolicy.ChunkAndPool, 1).Cut([90, 91, 1, 2, 3, 4, 5, 6], [90, 91], 5, Build);

        Assert.Equal([[90, 91, 1, 2, 3], [90, 91, 3, 4, 5], [90, 91, 5, 6]], windows.Select(window => window.Ids));
        Assert.Equal([3, 3, 2], windows.Select(window => window.Weight));
    }

    [Fact]
    public void Cut_PromptWhoseLastTokenTheTextChanged_RepeatsWhatIsLeftOfIt() =>
        Assert.Equal([[90, 1, 2], [90, 3, 4]], new ChunkWindows(TruncationPolicy.ChunkAndPool, 0).Cut([90, 1, 2, 3, 4], [90, 91], 3, Build).Select(window => window.Ids));

    [Fact]
    public void Cut_PromptThatFillsAWindow_IsRefused() =>
        Assert.Contains("The prompt takes 3 of the 3 tokens", Assert.Throws<ArgumentException>(() => new ChunkWindows(TruncationPolicy.ChunkAndPool, 0).Cut([7, 8, 9, 1], [7, 8, 9], 3, Build)).Message, StringComparison.Ordinal);

    [Fact]
    public void Cut_RandomTexts_CoversEachTokenInOrderWithTheOverlapAsked()
    {
        Random random = new(17);
        for (int round = 0; round < 500; round++)
        {
            int[] prompt = [.. Enumerable.Range(1000, random.Next(4))];
            int capacity = prompt.Length + random.Next(1, 20);
            int room = capacity - prompt.Length;
            int overlap = random.Next(room);
            int[] text = [.. Enumerable.Range(0, random.Next(capacity, 100))];
            int[][] windows = [.. new ChunkWindows(TruncationPolicy.ChunkAndPool, overlap).Cut([.. prompt, .. text], prompt, capacity, Build).Select(window => window.Ids)];
            if (prompt.Length + text.Length <= capacity)
            {
                Assert.Single(windows);
                continue;
            }

            List<int> covered = [];
            for (int i = 0; i < windows.Length; i++)
            {
                Assert.Equal(prompt, windows[i][..prompt.Length]);
                int[] own = windows[i][prompt.Length..];
                Assert.True(own.Length == room || i == windows.Length - 1, $"window {i} of {windows.Length} has {own.Length} of {room}");
                Assert.Equal(covered.TakeLast(i == 0 ? 0 : overlap), own.Take(i == 0 ? 0 : overlap));
                covered.AddRange(own.Skip(i == 0 ? 0 : overlap));
            }

            Assert.Equal(text, covered);
        }
    }

    private static TokenizedText Build(int[] ids) => new(ids, new int[ids.Length], 0);
}
