using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LocalRetrieval.Encoders.Tests.Scheduling;

public sealed class EncoderTelemetryTests
{
    [Fact]
    public async Task RunAsync_SeveralCalls_TellsOfEachWaitAndRunOnce()
    {
        ConcurrentBag<(string Instrument, double Value)> told = [];
        using MeterListener listener = new() { InstrumentPublished = (instrument, to) => { if (instrument.Meter.Name == EncoderTelemetry.MeterName) to.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Tell(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Tell(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Tell(instrument, value, tags));
        listener.Start();
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()), modelId: nameof(EncoderTelemetryTests));
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Task second = encoder.RunAsync([1, 2], tokens: 10);
            Task third = encoder.RunAsync([3], tokens: 9);
            held.Release();
            await Task.WhenAll(first, second, third);
        }

        // What is told of a run is told before its calls end.
        Assert.Equal(3, told.Count(entry => entry.Instrument == "localretrieval.encoder.wait"));
        Assert.Equal(2, told.Count(entry => entry.Instrument == "localretrieval.encoder.run.duration"));
        Assert.Equal([1, 3], told.Where(entry => entry.Instrument == "localretrieval.encoder.run.texts").Select(entry => (int)entry.Value).Order());
        Assert.Equal([4, 29], told.Where(entry => entry.Instrument == "localretrieval.encoder.run.tokens").Select(entry => (int)entry.Value).Order());
        Assert.Equal(1 - (29 / 30d), told.Where(entry => entry.Instrument == "localretrieval.encoder.run.padding").Max(entry => entry.Value), 1e-9);
        Assert.Equal(2, told.Count(entry => entry.Instrument == "localretrieval.encoder.busy"));

        void Tell(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag.Key == EncoderTelemetry.ModelTag && Equals(tag.Value, nameof(EncoderTelemetryTests)))
                {
                    told.Add((instrument.Name, value));
                }
            }
        }
    }

    [Fact]
    public async Task RunAsync_ListenerThatThrows_FailsNobody()
    {
        using MeterListener listener = new() { InstrumentPublished = (instrument, to) => { if (instrument.Meter.Name == EncoderTelemetry.MeterName) to.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Throw(tags));
        listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Throw(tags));
        listener.Start();
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()), modelId: nameof(RunAsync_ListenerThatThrows_FailsNobody));

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal((float[])[1], await encoder.RunAsync([1]));
            Assert.Equal((float[])[1, 2], await encoder.RunAsync([1, 2]));
        }

        static void Throw(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length > 0 && Equals(tags[0].Value, nameof(RunAsync_ListenerThatThrows_FailsNobody)))
            {
                throw new InvalidOperationException("The listener failed.");
            }
        }
    }

    // In this class, so that no other test of the process listens meanwhile.
    [Fact]
    public void Tell_NobodyListens_AllocatesNothing()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        using QueuedRun run = new(encoder.Target);
        run.Add(new ReadingCall<int>(encoder.Target, [new TokenizedText([1, 2, 3], [0, 0, 0], 0)], new RunRequest(), 0, (_, _, _) => { }), 0);
        Tell(times: 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Tell(times: 1000);
        long silent = GC.GetAllocatedBytesForCurrentThread() - before;
        using MeterListener listener = new() { InstrumentPublished = (instrument, to) => { if (instrument.Meter.Name == EncoderTelemetry.MeterName) to.EnableMeasurementEvents(instrument); } };
        listener.Start();
        before = GC.GetAllocatedBytesForCurrentThread();
        Tell(times: 1000);

        Assert.Equal(0, silent);
        Assert.NotEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Tell(int times)
        {
            for (int i = 0; i < times; i++)
            {
                EncoderTelemetry.Waited("m", TimeSpan.FromSeconds(1));
                EncoderTelemetry.Ran(run, TimeSpan.FromSeconds(1));
            }
        }
    }

    [Fact]
    public void Queue_EncoderOfTheProcess_IsToldUntilItIsDisposed()
    {
        List<int> told = [];
        using MeterListener listener = new() { InstrumentPublished = (instrument, to) => { if (instrument.Name == "localretrieval.encoder.queue.texts") to.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
        {
            if (Equals(tags[0].Value, nameof(Queue_EncoderOfTheProcess_IsToldUntilItIsDisposed)))
            {
                told.Add(value);
            }
        });
        listener.Start();
        EncoderRuntime runtime = new(new EchoBackend(), new TestOptions.Encoder(), nameof(Queue_EncoderOfTheProcess_IsToldUntilItIsDisposed), typeof(EchoBackend), loggerFactory: null);

        listener.RecordObservableInstruments();
        runtime.Dispose();
        listener.RecordObservableInstruments();

        Assert.Equal([0], told);
    }
}
