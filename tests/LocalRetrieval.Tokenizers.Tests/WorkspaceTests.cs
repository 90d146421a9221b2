namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>A thread's buffers serve calls that want offsets and calls that do not, in any order.</summary>
public sealed class WorkspaceTests
{
    private static readonly string[] Names = ["synth-cased", "synth-mpnet-bpe", "synth-llama3", "synth-modernbert", "synth-xlmr", "t5-small", "phi-3"];

    public static TheoryData<string> Tokenizers => [.. Names];

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Encode_AfterTextsWithoutOffsets_IsThatOfAFreshThread(string name)
    {
        Tokenizer tokenizer = TestData.Load(name);
        Random random = new(3);
        string[] texts = [.. NastyTexts.Generate(seed: 9, count: 300).Select(text => string.Concat(Enumerable.Repeat(text, 1 << random.Next(7))))];
        int[][] fresh = [.. texts.Select(text => OnFreshThread(() => tokenizer.Encode(text).Ids.ToArray()))];
        int[][] mixed = OnFreshThread(() => texts.Select((text, i) =>
        {
            tokenizer.EncodeToIds(texts[(i * 7) % texts.Length]);
            return tokenizer.Encode(text).Ids.ToArray();
        }).ToArray());
        Assert.Equal(fresh, mixed);
    }

    private static T OnFreshThread<T>(Func<T> function)
    {
        T? result = default;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException("The thread failed.", failure);
    }
}
