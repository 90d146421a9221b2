namespace LocalRetrieval.Bench.Web;

/// <summary>Many people at once: how long they wait, whether anything fails, and what it leaves in memory.</summary>
internal static class WebLoad
{
    private static readonly TimeSpan Thinking = TimeSpan.FromSeconds(1);

    /// <summary>200 people who look at what comes while they type, a second between two looks; four who search with all stages and a time budget.</summary>
    public static async Task<string> RunAsync(TimeSpan duration)
    {
        string[] questions = WebOverhead.Questions();
        using WebProcess typing = await WebProcess.StartAsync();
        // What indexing left behind goes first.
        await CrowdAsync(typing, 200, duration, TypeAsync);
        long before = (await CrowdAsync(typing, 200, duration, TypeAsync)).ResidentBytes;
        Answers alike = await CrowdAsync(typing, 200, duration, TypeAsync);
        long after = alike.ResidentBytes;
        int typed = 0;
        Answers unlike = await CrowdAsync(typing, 200, duration, (visitor, number) => visitor.AskAsync("/api/suggest", $"{Beginning(questions[number % questions.Length], number)} {Interlocked.Increment(ref typed)}"));

        using WebProcess searching = await WebProcess.StartAsync("LocalRetrieval:Retriever:RerankingBudget=00:00:00.300", "WebRag:QuestionsPerMinute=100000");
        Answers searched = await CrowdAsync(searching, 4, duration, (visitor, number) => visitor.AskAsync("/api/search", questions[number % questions.Length]));
        return $"""
            | | answers | failed | p50 | p95 | greatest | processor time an answer |
            |---|---:|---:|---:|---:|---:|---:|
            {alike.Row("200 people, a second of thinking, while typing one of 40 questions")}
            {unlike.Row("200 people, a second of thinking, nothing is typed twice")}
            {searched.Row("4 people, a second of thinking, all stages, 300 ms for reranking")}

            {FormattableString.Invariant($"Memory of the process (resident, the median of fifty looks): {before / 1048576.0:F0} MB in the second {duration.TotalSeconds:F0} seconds of the 200, {after / 1048576.0:F0} MB in the third ({(100.0 * after / before) - 100:+0.0;-0.0} %).")}
            """;

        Task<TimeSpan> TypeAsync(WebVisitor visitor, int number) => visitor.AskAsync("/api/suggest", Beginning(questions[number % questions.Length], number));
    }

    /// <summary>What is typed of a question at the time: more and more of its words.</summary>
    private static string Beginning(string question, int number)
    {
        string[] words = question.Split(' ');
        return string.Join(' ', words.Take(1 + (number / 7 % words.Length)));
    }

    private static async Task<Answers> CrowdAsync(WebProcess web, int people, TimeSpan duration, Func<WebVisitor, int, Task<TimeSpan>> ask)
    {
        Answers answers = new();
        TimeSpan before = web.ProcessorTime;
        Task<long> resident = ResidentBytesAsync(web, duration);
        using CancellationTokenSource end = new(duration);
        await Task.WhenAll(Enumerable.Range(0, people).Select(async person =>
        {
            using WebVisitor visitor = await WebVisitor.ArriveAsync(web.Address);
            Random random = new(person);
            await WaitAsync(Thinking * random.NextDouble(), end.Token);
            for (int number = person * 13; !end.IsCancellationRequested; number++)
            {
                try
                {
                    answers.Add((await ask(visitor, number)).TotalMilliseconds);
                }
                catch (HttpRequestException)
                {
                    answers.Fail();
                }

                await WaitAsync(Thinking, end.Token);
            }
        }));
        answers.ProcessorTime = web.ProcessorTime - before;
        answers.ResidentBytes = await resident;
        return answers;
    }

    /// <summary>The median of what the process has in the second half of a time: collections of garbage make it rise and fall.</summary>
    private static async Task<long> ResidentBytesAsync(WebProcess web, TimeSpan duration)
    {
        const int Samples = 50;
        List<long> samples = [];
        await Task.Delay(duration / 2);
        for (int sample = 0; sample < Samples; sample++)
        {
            await Task.Delay(duration / 2 / (Samples + 1));
            samples.Add(web.ResidentBytes);
        }

        return samples.Order().ElementAt(Samples / 2);
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken end)
    {
        try
        {
            await Task.Delay(time, end);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>How long answers took, from all people.</summary>
    private sealed class Answers
    {
        private readonly List<double> _milliseconds = [];
        private int _failed;

        public TimeSpan ProcessorTime { get; set; }

        public long ResidentBytes { get; set; }

        public void Add(double milliseconds)
        {
            lock (_milliseconds)
            {
                _milliseconds.Add(milliseconds);
            }
        }

        public void Fail() => Interlocked.Increment(ref _failed);

        public string Row(string name)
        {
            double[] sorted = [.. _milliseconds.Order()];
            return FormattableString.Invariant($"| {name} | {sorted.Length} | {_failed} | {sorted[sorted.Length / 2]:F0} ms | {sorted[(int)(sorted.Length * .95)]:F0} ms | {sorted[^1]:F0} ms | {ProcessorTime.TotalMilliseconds / sorted.Length:F1} ms |");
        }
    }
}
