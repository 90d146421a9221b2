using System.Text.Json;
using EncoderLoad;
using LocalRetrieval;
using Microsoft.Extensions.DependencyInjection;

// Runs three models under a light and a heavy load, and writes what they took of this process as JSON.
using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().AddKeyedLocalEmbeddings("second").AddLocalReranker().BuildServiceProvider();
ModelLoad load = new(services);
await load.RunAsync(callers: 4, calls: 3);
ThreadCounts light = await load.RunAsync(callers: 4, calls: 15);
ThreadCounts heavy = await load.RunAsync(callers: 64, calls: 3);
EncoderExecution execution = services.GetRequiredService<ITextReranker>().GetRequiredService<EncoderInfo>().Execution!;
Console.WriteLine(JsonSerializer.Serialize(new
{
    Environment.ProcessorCount,
    execution.Slots,
    execution.ThreadsPerRun,
    light.MostOthers,
    heavy.LeastOthers,
    MostRunThreads = Math.Max(light.MostRunThreads, heavy.MostRunThreads),
}));
