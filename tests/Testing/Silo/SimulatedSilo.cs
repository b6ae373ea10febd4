using Orleans.Timers;

namespace JikoXpress.Testing.Silo;

/// <summary>
/// One life of a silo of a simulated cluster: it makes the product's own grains, and gives them what Orleans would.
/// When it dies nothing of it goes on.
/// </summary>
public sealed class SimulatedSilo : IGrainFactory, ITimerRegistry, IReminderRegistry
{
    internal SimulatedSilo(
        SimulatedCluster cluster, string name, IServiceProvider services, TimeProvider clock,
        SynchronizationContext? place)
    {
        (Cluster, Name, Services, Clock, Place) = (cluster, name, services, clock, place);
    }

    public SimulatedCluster Cluster { get; }

    public string Name { get; }

    public bool IsAlive { get; internal set; } = true;

    internal IServiceProvider Services { get; }

    internal TimeProvider Clock { get; }

    /// <summary>Where all of its code runs; null where each activation has a place of its own.</summary>
    internal SynchronizationContext? Place { get; }

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => GrainProxy.For<TGrainInterface>(this, primaryKey);

    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state,
        GrainTimerCreationOptions options) =>
        new ActivationTimer<TState>((Activation)grainContext, callback, state, options);

    public async Task<IGrainReminder> RegisterOrUpdateReminder(
        GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        var grain = GrainKey.Of(callingGrainId);
        await Cluster.Network.ReachReminders(this, grain, "set");
        return Cluster.Remind(grain, reminderName, dueTime, period);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        await Cluster.Network.ReachReminders(this, GrainKey.Of(callingGrainId), "end");
        Cluster.End((Reminder)reminder);
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        var grain = GrainKey.Of(callingGrainId);
        await Cluster.Network.ReachReminders(this, grain, "find");
        return Cluster.Reminder(grain, reminderName);
    }

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) => throw new NotSupportedException();

    public IDisposable RegisterTimer(
        IGrainContext grainContext, Func<object?, Task> callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(
        Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(
        long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey => throw new NotSupportedException();

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => throw new NotSupportedException();

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) =>
        throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) =>
        throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        throw new NotSupportedException();

    public IAddressable GetGrain(GrainId grainId) => throw new NotSupportedException();

    public IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType) =>
        throw new NotSupportedException();

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey, string grainClassNamePrefix) =>
        throw new NotSupportedException();

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey) => throw new NotSupportedException();

    /// <summary>Sends a caller's call.</summary>
    internal Task<T> Ask<T>(GrainCall<T> call)
    {
        call.Wait();
        Send(call);
        return call.Answer;
    }

    /// <summary>Sends a call to wherever its grain is, as far as this silo knows.</summary>
    internal void Send(GrainCall call)
    {
        var activation = Cluster.Find(call.To, this);
        call.Target = activation;
        if (activation.Silo == this)
        {
            activation.Take(call);
            return;
        }

        Cluster.IsUnderWay(call);
        Send(Parcel.Call, call, activation.Silo, () => activation.Take(call));
    }

    /// <summary>Sends something of a call to another silo, or to its own.</summary>
    internal void Send(Parcel parcel, GrainCall call, SimulatedSilo to, Action arrive)
    {
        if (to == this) to.After(TimeSpan.Zero, arrive);
        else if (Cluster.Network.Travel(parcel, call.To, call.Method.Name) is { } time) to.After(time, arrive);
    }

    /// <summary>Does something here after a while, if the silo lives as long.</summary>
    internal void After(TimeSpan time, Action action)
    {
        if (time > TimeSpan.Zero) Clock.CreateTimer(_ => Arrive(), state: null, time, Timeout.InfiniteTimeSpan);
        else if (Place is null) Arrive();
        else Place.Post(_ => Arrive(), state: null);

        void Arrive()
        {
            if (IsAlive) action();
        }
    }
}
